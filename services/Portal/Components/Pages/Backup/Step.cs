namespace Performance.Portal.Components.Pages.Backup;

/// <summary>How far an import is.</summary>
internal enum Step
{
    Choose, Reading, Mapping, Checking, Checked, Importing, Done
}
