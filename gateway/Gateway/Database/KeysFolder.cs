using System.Security.Cryptography;
using System.Text;

namespace Performance.Gateway;

/// <summary>
/// The folder of secrets that are not in the database (setting <c>Keys:Folder</c>). Its <c>gateway.key</c> encrypts
/// the signing keys, so that a copy of the database alone signs nothing (docs/adr/0031).
/// </summary>
internal sealed class KeysFolder
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string folder;
    private readonly byte[] secret;

    public KeysFolder(IConfiguration configuration)
    {
        folder = configuration["Keys:Folder"] is { Length: > 0 } configured
            ? Path.GetFullPath(configured)
            : throw new InvalidOperationException("The setting Keys:Folder (variable Keys__Folder) is missing.");
        Directory.CreateDirectory(folder);
        secret = LoadOrCreate(Path.Combine(folder, "gateway.key"));
        Id = Convert.ToHexStringLower(SHA256.HashData(secret))[..16];
    }

    /// <summary>Tells whether this folder's secret encrypted something.</summary>
    public string Id { get; }

    /// <summary>Encrypts and authenticates; the name is bound to the result.</summary>
    public byte[] Protect(byte[] plain, string name)
    {
        var sealedBytes = new byte[NonceSize + TagSize + plain.Length];
        var nonce = sealedBytes.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(secret, TagSize);
        aes.Encrypt(
            nonce, plain, sealedBytes.AsSpan(NonceSize + TagSize), sealedBytes.AsSpan(NonceSize, TagSize),
            Encoding.UTF8.GetBytes(name));
        return sealedBytes;
    }

    /// <summary>Reverses <see cref="Protect"/>.</summary>
    public byte[] Unprotect(byte[] sealedBytes, string name)
    {
        var plain = new byte[sealedBytes.Length - NonceSize - TagSize];
        using var aes = new AesGcm(secret, TagSize);
        aes.Decrypt(
            sealedBytes.AsSpan(0, NonceSize), sealedBytes.AsSpan(NonceSize + TagSize),
            sealedBytes.AsSpan(NonceSize, TagSize), plain, Encoding.UTF8.GetBytes(name));
        return plain;
    }

    /// <summary>A secret that is the same each time for the same name, and unguessable without the folder.</summary>
    public byte[] Derive(string name) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(name));

    /// <summary>Writes a file that only its owner reads; answers its path.</summary>
    public async Task<string> WriteAsync(string name, string text, CancellationToken cancel)
    {
        var path = Path.Combine(folder, name);
        await using var file = new FileStream(path, Private(FileMode.Create));
        await file.WriteAsync(Encoding.UTF8.GetBytes(text), cancel);
        return path;
    }

    private static byte[] LoadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            // Replicas may start at once on a shared folder: whoever moves the file there first wins.
            var draft = $"{path}.{Guid.NewGuid():n}";
            using (var file = new FileStream(draft, Private(FileMode.CreateNew)))
            {
                file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
            }

            try
            {
                File.Move(draft, path);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(draft);
            }
        }

        return Convert.FromBase64String(File.ReadAllText(path));
    }

    private static FileStreamOptions Private(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }
}
