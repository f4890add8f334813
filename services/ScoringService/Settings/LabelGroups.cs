using Performance.ServiceDefaults.Problems;

namespace Performance.Scoring.Settings;

/// <summary>What an admin may say about defect categories.</summary>
internal static class LabelGroups
{
    private const string Field = "defectCategories";
    private const int Most = 200;
    private const int MostLabels = 500;
    private const int Longest = 200;

    /// <summary>The groups without space around names, each label once; empty groups fall away.</summary>
    public static IReadOnlyList<LabelGroup> Checked(IReadOnlyList<LabelGroup?> groups)
    {
        if (groups.Count > Most)
        {
            throw new InvalidFieldException(Field, $"has more than {Most} categories");
        }

        var kept = new List<LabelGroup>();
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (group, index) in groups.Select((group, index) => (group, index)))
        {
            var name = Text(group?.Category, $"{Field}[{index}].category");
            var labels = new List<string>();
            foreach (var text in group!.Labels ?? throw Missing(index))
            {
                var label = Text(text, $"{Field}[{index}].labels");
                if (!seen.TryAdd(label, name))
                {
                    throw new InvalidFieldException(
                        $"{Field}[{index}].labels", $"has {label}, which is in {seen[label]} already");
                }

                labels.Add(label);
            }

            if (kept.Exists(g => g.Category == name))
            {
                throw new InvalidFieldException($"{Field}[{index}].category", $"{name} is there twice");
            }

            if (labels.Count > 0)
            {
                kept.Add(new LabelGroup(name, labels));
            }
        }

        return seen.Count <= MostLabels ? kept
            : throw new InvalidFieldException(Field, $"has more than {MostLabels} labels");
    }

    private static InvalidFieldException Missing(int index) => new($"{Field}[{index}].labels", "is missing");

    private static string Text(string? value, string field) => value?.Trim() switch
    {
        null or "" => throw new InvalidFieldException(field, "is missing or empty"),
        { Length: > Longest } => throw new InvalidFieldException(field, $"is longer than {Longest} characters"),
        var text when text.Any(char.IsControl) => throw new InvalidFieldException(field, "has a control character"),
        var text => text
    };
}
