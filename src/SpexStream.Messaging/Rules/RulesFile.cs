using System.Collections.Immutable;
using System.Globalization;
using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Rules;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SpexStream.Messaging.Rules;

/// <summary>Reads <c>rules.yaml</c> and the file of areas that it names, with every fault of both.</summary>
public static class RulesFile
{
    private const long MaxBytes = 4L << 20;
    private static readonly string[] Keys = ["version", "areas", "references", "rules"];

    /// <summary>Reads the files.</summary>
    /// <param name="path">The rules file; other paths count from its folder.</param>
    public static RuleReading Read(string path)
    {
        var files = new StampedFiles { Path.GetFullPath(path) };
        return ReadTo(files, Path.GetFileName(path)) with { Files = [.. files], Stamps = files.Stamps };
    }

    private static RuleReading ReadTo(StampedFiles files, string name)
    {
        var (path, faults) = (files[0], new List<RuleFault>());
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
            {
                return Failed(new RuleFault(name, "is larger than 4 MiB", "split the rules"));
            }

            using var text = new StreamReader(path);
            return Parse(text, name, files, faults);
        }
        catch (YamlException broken)
        {
            faults.Add(new(Place(name, broken.Start), $"is not YAML: {broken.Message}", "correct the line"));
            return new(null, [.. faults]);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return Failed(new RuleFault(name, $"cannot be read: {trouble.Message}", "check the path and its rights"));
        }
    }

    private static RuleReading Parse(TextReader text, string name, StampedFiles files, List<RuleFault> faults)
    {
        var stream = new YamlStream();
        stream.Load(text);
        if (stream.Documents.Count != 1)
        {
            return Failed(new RuleFault(name, $"has {stream.Documents.Count} documents", "write one"));
        }

        var root = new YamlPlace(name, string.Empty, stream.Documents[0].RootNode, faults);
        root.AllowOnly(Keys);
        if (root.Member("version").Number() is not 1.0)
        {
            root.Member("version").Fault("is not 1", "write version: 1");
        }

        var folder = Path.GetDirectoryName(files[0])!;
        ImmutableArray<AreaOfInterest> areas = [];
        if (root.Member("areas").Required().Text() is { } file)
        {
            files.Add(Path.GetFullPath(Path.Combine(folder, file)));
            areas = AreasFile.Read(files[^1], faults);
        }

        var references = ReferenceNames.Read(root.Member("references"), folder);
        files.AddRange(references.Values);
        var drafts = root.Member("rules").Required().Items().Select(RuleDrafts.Of).ToList();
        var (rules, wrong) = RuleChecker.Check(drafts, areas);
        faults.AddRange(wrong);
        ReferenceNames.Check(rules, references, name, faults);
        return faults.Count > 0 ? new(null, [.. faults])
            : new(new(rules, new(areas)) { References = references }, []);
    }

    internal static string Place(string name, Mark mark) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}:{mark.Line}");

    private static RuleReading Failed(RuleFault fault) => new(null, [fault]);
}
