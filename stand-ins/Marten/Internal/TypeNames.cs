using System.Reflection;

namespace Marten.Internal;

/// <summary>Names of types and members as they are stored.</summary>
internal static class TypeNames
{
    /// <summary>As in C#, without namespace: <c>List&lt;Ticket&gt;</c>, <c>Outer.Inner</c>.</summary>
    public static string Short(Type type)
    {
        var name = type.Name;
        if (type.IsGenericType)
        {
            var arguments = string.Join(", ", type.GetGenericArguments().Select(Short));
            name = $"{name[..name.IndexOf('`')]}<{arguments}>";
        }
        return type.IsNested && !type.IsGenericParameter ? $"{Short(type.DeclaringType!)}.{name}" : name;
    }

    /// <summary>As in C#, with namespace.</summary>
    public static string Full(Type type) => type.Namespace is null ? Short(type) : $"{type.Namespace}.{Short(type)}";

    /// <summary>What mt_dotnet_type holds for events.</summary>
    public static string Stored(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";

    /// <summary>Alias of a document type: its table is mt_doc_ and this.</summary>
    public static string DocumentAlias(Type type)
    {
        var name = type.IsGenericType
            ? new string([.. Short(type).Where(c => char.IsLetterOrDigit(c) || c is '_' or ',')]).Replace(',', '_')
            : type.Name;
        return (type.IsNested ? $"{type.DeclaringType!.Name}_{name}" : name).ToLowerInvariant();
    }

    public static Type MemberType(MemberInfo member) => member switch
    {
        PropertyInfo property => property.PropertyType,
        FieldInfo field => field.FieldType,
        _ => throw new ArgumentOutOfRangeException(nameof(member)),
    };
}
