using System.Globalization;
using SpexStream.Daemon.Commands;
using SpexStream.Domain.Announcements;
using Xunit;

namespace SpexStream.Tests.Cli;

/// <summary>Every value of every option is checked while the command line is read.</summary>
public sealed class OptionValueTests
{
    private static readonly string[] BadNumbers = ["", " ", "much", "0x10", "1,5", "1e400", "nan", "inf", "-inf",
        "Infinity"];
    private static readonly string[] BadWholes = [.. BadNumbers, "1.5", "1e3", "99999999999", "--1"];
    private static readonly string[] BadIds = ["", " ", "No Good", "UPPER", "a/b", "a+b", "#", "..", ".a", "-a", "a\nb",
        new('a', 101)];
    private static readonly string[] BadScenes = [.. BadIds, "collection.json", "a.tmp", "a.old", "a.", "con",
        "lpt1.tif"];
    private static readonly string[] BadLists = ["", ",", "1,", "1,,2", "one", "1.5", "1;2", "99999999999"];
    private static readonly string[] BadNames = ["", " ", "a\nb", "\u001b[31m", new('a', 257)];
    private static readonly string[] BadPaths = ["", " "];
    private static readonly string[] NoFiles = ["", "/none/there", "/"];
    private static readonly string[] NoCertificates = [.. NoFiles, "/etc/hostname", "/dev/null"];

    private static readonly Dictionary<string, string[]> Bad = new()
    {
        ["--bands"] = ["", ",", "green", "green,green", "green,GREEN,nir", "a,b,c", "green,,nir",
            string.Join(',', Enumerable.Repeat("x", 511)) + ",green,nir"],
        ["--scale"] = [.. BadNumbers, "0", "0.0", "-0", "1e-400"],
        ["--offset"] = BadNumbers,
        ["--nodata"] = ["", " ", "no", "NONE", "inf", "-inf", "1e400", "0x10", "1,5", "255,0"],
        ["--radiometry"] = ["", "SR", "boa", "sr,toa"],
        ["--scene"] = BadScenes,
        ["demo --scene"] = BadPaths,
        ["--platform"] = BadIds,
        ["--station"] = BadIds,
        ["--until-closed"] = BadScenes,
        ["--sensor"] = BadNames,
        ["--user"] = BadNames,
        ["--sensed"] =
        [
            "", "yesterday", "2026-05-01", "2026-05-01T10:10:31", "2026-13-01T10:10:31Z", "01.05.2026 10:10",
            "2026-05-01 10:10:31Z",
            "2026-05-01T10:10:31+25:00", "0000-00-00T00:00:00Z",
        ],
        ["--from"] =
        [
            "", "yesterday", "2026-05-01", "2026-05-01T10:10:31", "2026-13-01T10:10:31Z", "01.05.2026 10:10",
            "2026-05-01 10:10:31Z",
            "2026-05-01T10:10:31+25:00", "0000-00-00T00:00:00Z",
        ],
        ["--to"] =
        [
            "", "yesterday", "2026-05-01", "2026-05-01T10:10:31", "2026-13-01T10:10:31Z", "01.05.2026 10:10",
            "2026-05-01 10:10:31Z",
            "2026-05-01T10:10:31+25:00", "0000-00-00T00:00:00Z",
        ],
        ["--model"] = ["", "0123456789a", "0123456789xy", new('0', 65)],
        ["--reason"] = BadNames,
        ["--out"] = BadPaths,
        ["--data"] = BadPaths,
        ["--keep"] = BadPaths,
        ["--spool"] = BadPaths,
        ["--mask"] = BadPaths,
        ["--images"] = BadPaths,
        ["--labels"] = BadPaths,
        ["--prompts"] = ["", "Spectral", "label", "spectral,labels"],
        ["--truth"] = BadPaths,
        ["--confidence"] = BadPaths,
        ["--classes"] = ["", ",", "roads", "water,", "water;vegetation"],
        ["--products"] = ["", ",", "maps", "masks,", "masks,,browse", "1", "-1", "31"],
        ["--tile"] = [.. BadWholes, "0", "-512", "7", "32", "100", "513", "8192", "1000000000"],
        ["--threads"] = [.. BadWholes, "0", "-1", "1025"],
        ["--instruction"] = ["", " ", "Describe the image.", "Lakes and forests, please."],
        ["--backend"] = ["", " ", "onnx", "Spectral", "/none/there", "/proc"],
        ["--devices"] = ["", "gpu", "cpu:-1", "cpu:1024", "cpu:0,cpu:0", "cpu:0,", "cuda", "cuda:1024"],
        ["--device-fallback"] = ["", "gpu", "CPU"],
        ["--device"] = ["", "gpu", "gpu:0", "cpu", "cpu:", "cpu:-1", "cpu:01", "cpu:1024", "CPU:0", "cpu:0,cpu:1"],
        ["--batch"] = [.. BadWholes, "0", "-1", "1025"],
        ["--rounds"] = [.. BadWholes, "0", "-1", "1001"],
        ["--strips"] = [.. BadWholes, "0", "-1", "1000001"],
        ["--pace"] = [.. BadWholes, "-5", "3600001"],
        ["--seed"] = BadWholes,
        ["--size"] = [.. BadWholes, "0", "-1", "63", "16385"],
        ["--image-size"] = [.. BadWholes, "0", "-16", "17", "2064"],
        ["--max-tokens"] = [.. BadWholes, "0", "-1", "4097"],
        ["--context"] = [.. BadWholes, "0", "63", "131073"],
        ["--precision"] = ["", " ", "FP16", "half", "fp32,fp16"],
        ["--checkpoint"] = BadPaths,
        ["--golden"] = BadPaths,
        ["--name"] = BadNames,
        ["--version-name"] = BadNames,
        ["model import --bands"] = ["", ",", "red,,nir", string.Join(',', Enumerable.Repeat("x", 65)), new('a', 65)],
        ["--timeout"] = [.. BadNumbers, "0", "-5", "0.0001", "1e99", "2592001"],
        ["--broker"] =
        [
            "", "localhost", "localhost:1883", "tcp://localhost", "http://localhost", "mqtt://", "mqtt://:1883",
            "mqtt://localhost:0",
            "mqtt://localhost:65536", "mqtt://localhost:many", "mqtt://user:secret@localhost", "mqtt://localhost/path",
            "mqtt://localhost?tls=1", "mqtt://localhost#a", "mqtt://local host",
        ],
        ["--journal"] = ["", "embedded", "/data/journal.db", "postgres://spex:x@db/journal"],
        ["--journal-password-file"] = NoFiles,
        ["--password-file"] = NoFiles,
        ["--token-file"] = NoFiles,
        ["--ca-file"] = NoCertificates,
        ["--certificate-file"] = NoCertificates,
        ["--key-file"] = NoFiles,
        ["--positive"] = [.. BadLists, "-1", "250", "255"],
        ["--truth-positive"] = BadLists,
        ["--truth-ignore"] = BadLists,
        ["--config"] = BadPaths,
        ["--http"] = [.. BadWholes, "0", "-1", "65536"],
        ["--http-address"] = ["", " ", "localhost", "1.2.3.4.5"],
    };

    private static readonly Dictionary<string, string[]> Good = new()
    {
        ["--bands"] = ["green,nir", " Green , NIR ", "coastal,blue,green,red,nir,cirrus,swir16,swir22,b1,b1"],
        ["--scale"] = ["0.0001", "1e-4", "-1", "1"],
        ["--offset"] = ["0", "-0.1", "1e3"],
        ["--nodata"] = ["0", "-9999", "nan", "none", "-1.7976931348623157E+308"],
        ["--sensed"] = ["2026-05-01T10:10:31Z", "2026-05-01T10:10:31.25Z", "2026-05-01T12:10:31+02:00",
            "2026-05-01T12:10:31.1234567-11:30"],
        ["--from"] = ["2026-05-01T10:10:31Z", "2026-05-01T10:10:31.25Z", "2026-05-01T12:10:31+02:00",
            "2026-05-01T12:10:31.1234567-11:30"],
        ["--to"] = ["2026-05-01T10:10:31Z", "2026-05-01T10:10:31.25Z", "2026-05-01T12:10:31+02:00",
            "2026-05-01T12:10:31.1234567-11:30"],
        ["--model"] = ["0123456789ab", "0123456789AB", new('f', 64)],
        ["--reason"] = ["wrong calibration", new('a', 256)],
        ["--scene"] = ["a", "s2a_0815.safe"],
        ["--tile"] = ["64", "4096"],
        ["--threads"] = ["1", "1024"],
        ["--strips"] = ["1", "1000000"],
        ["--pace"] = ["0", "3600000"],
        ["--seed"] = ["-2147483648", "2147483647"],
        ["--size"] = ["64", "16384"],
        ["--image-size"] = ["16", "2048"],
        ["--max-tokens"] = ["1", "4096"],
        ["--context"] = ["64", "131072"],
        ["--precision"] = ["fp32", "fp16"],
        ["--timeout"] = ["0.001", "120", "2592000"],
        ["--broker"] = ["mqtt://localhost", "mqtt://localhost:1", "mqtts://127.0.0.1:65535", "mqtts://[::1]:8883",
            "mqtt://localhost/"],
        ["--positive"] = ["0", "1,2,249"],
        ["--truth-ignore"] = ["-1", "255,-1,0"],
        ["--products"] = ["none", "all", "Masks,browse"],
        ["--classes"] = ["water", "buildings,water"],
    };

    // The settings of run may also come from elsewhere, and are checked when all places are read.
    public static TheoryData<string, string> Options()
    {
        var cases = new TheoryData<string, string>();
        foreach (var (verb, option, _) in Verbs.CheckedOptions()
            .Where(entry => entry.Verb != "run" || entry.Option.Name == "--config"))
        {
            cases.Add(verb, option.Name);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void A_bad_value_is_one_line_with_the_option_the_value_and_what_it_takes(string verb, string option)
    {
        var known = Verbs.CheckedOptions().Single(entry => entry.Verb == verb && entry.Option.Name == option).Checked;
        // An option without an entry has no bad values in this table yet: give it some.
        foreach (var value in Bad.TryGetValue($"{verb} {option}", out var own) ? own : Bad[option])
        {
            // The partner of a bad key is no certificate either.
            var complaints = Verbs.Complaints(Verbs.With(verb, option, value))
                .Where(line =>
                    option != "--key-file" || !line.StartsWith("--certificate-file ", StringComparison.Ordinal));
            var what = known.HidesValue ? "" : $", not {Rejection.Quote(value)}";
            Assert.Equal($"{option} takes {known.Takes}{what}.", Assert.Single(complaints));
        }
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void A_good_value_up_to_the_ends_of_the_range_is_taken(string verb, string option)
    {
        foreach (var value in Good.GetValueOrDefault(option, []))
        {
            Assert.Empty(Verbs.Complaints(Verbs.With(verb, option, value)));
        }
    }

    [Fact]
    public void A_number_is_read_alike_in_every_language()
    {
        var before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NumberGroupSeparator) = (",", ".");
        CultureInfo.CurrentCulture = comma;
        try
        {
            var parsed = CommandLine.Parse(Verbs.With("process", "--scale", "0.0001"));
            Assert.Equal(0.0001, parsed.GetValue<double?>("--scale"));
            Assert.Single(Verbs.Complaints(Verbs.With("process", "--scale", "0,0001")));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("process", "", "--out", "x")]
    [InlineData("process", "a.tif", "b.tif", "--out", "x")]
    [InlineData("process", "a.tif", "--out", "x", "--tile", "64", "--tile", "128")]
    [InlineData("process", "a.tif", "--out")]
    [InlineData("process", "a.tif", "--out", "x", "--strips", "3")]
    [InlineData("doctor", "--certificate-file", "/etc/hostname")]
    [InlineData("watch", "--broker", "mqtt://a", "--station", "b", "--key-file", "/etc/hostname")]
    [InlineData("evaluate", "--mask", "a.tif")]
    [InlineData("unknown")]
    public void What_does_not_fit_together_is_told(params string[] arguments)
    {
        Assert.NotEmpty(Verbs.Complaints(arguments));
        Assert.All(Verbs.Complaints(arguments), line => Assert.DoesNotContain('\n', line));
    }

    [Fact]
    public void A_raster_may_begin_with_an_at_sign() =>
        Assert.Empty(Verbs.Complaints("process", "@scene.tif", "--out", "x"));
}
