namespace Performance.Testing;

/// <summary>
/// The test broker, and a prefix for every queue and exchange of one test class (setting <c>Bus:Prefix</c>), so that
/// classes do not hear each other. Nothing is deleted: the broker belongs to the test run.
/// </summary>
public sealed class TestRabbitMq
{
    /// <summary>Names a broker, as an amqp URI.</summary>
    public const string Variable = "PERFORMANCE_TEST_RABBITMQ";

    /// <summary>Unlike any other test class's prefix.</summary>
    public string Prefix { get; } = $"t{Guid.NewGuid():n}"[..13];

    /// <summary>The broker's address, or an explanation of how to get one.</summary>
    public static string Uri => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } uri
        ? uri
        : throw new InvalidOperationException(
            $"{Variable} is not set. Run the tests with ./test, or set it to a RabbitMQ server, for example "
            + "amqp://guest:guest@127.0.0.1:5672.");

    /// <summary>The settings that make a service use this broker with this prefix.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("ConnectionStrings:rabbitmq", Uri),
        new("Bus:Prefix", Prefix)
    ];
}
