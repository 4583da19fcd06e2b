using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using SpexStream.Daemon.Settings;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Cli;

/// <summary>Every setting of run is checked, wherever it came from.</summary>
public sealed class RunSettingTests : IDisposable
{
    private static readonly string[] NoNumbers = ["", "many", "1,5", "0x10", "1e400", "nan"];
    private static readonly string[] NoIds = ["", "No Good", "UPPER", "a/b", ".."];
    private static readonly string[] NoFlags = ["", "yes", "1"];
    private static readonly string[] NoFiles = ["", "/none/there", "/"];

    private static readonly Dictionary<string, string[]> Bad = new()
    {
        [nameof(RunSettings.Broker)] = ["", "tcp://somewhere", "mqtt://a:0", "mqtt://a:99999"],
        [nameof(RunSettings.User)] = [""],
        [nameof(RunSettings.Password)] = [],
        [nameof(RunSettings.PasswordFile)] = NoFiles,
        [nameof(RunSettings.Journal)] = ["", " ", "/data/journal.db", "mysql:x", "postgres://", "Host="],
        [nameof(RunSettings.JournalPassword)] = [],
        [nameof(RunSettings.JournalPasswordFile)] = NoFiles,
        [nameof(RunSettings.Share)] = NoIds,
        [nameof(RunSettings.ShareTiles)] = NoFlags,
        [nameof(RunSettings.LeaseSeconds)] = [.. NoNumbers, "1", "601"],
        [nameof(RunSettings.CatchUpHours)] = [.. NoNumbers, "-1", "721"],
        [nameof(RunSettings.CatchUpGraceSeconds)] = [.. NoNumbers, "0", "3601"],
        [nameof(RunSettings.CaFile)] = NoFiles,
        [nameof(RunSettings.CertificateFile)] = NoFiles,
        [nameof(RunSettings.KeyFile)] = NoFiles,
        [nameof(RunSettings.Station)] = NoIds,
        [nameof(RunSettings.Node)] = NoIds,
        [nameof(RunSettings.Data)] = ["", " ", "/proc/none", "/dev/null", "/dev/null/a"],
        [nameof(RunSettings.Out)] = ["", " ", "/proc/none", "/dev/null", "/dev/null/a"],
        [nameof(RunSettings.Allow)] = ["", "/none/there", "/dev/null"],
        [nameof(RunSettings.Http)] = [.. NoNumbers, "-1", "65536", "80.5"],
        [nameof(RunSettings.HttpAddress)] = ["", "localhost", "1.2.3.4.5"],
        [nameof(RunSettings.Runtime)] = ["", "Akka", "threads"],
        [nameof(RunSettings.ClusterHost)] = ["", "a b", "a:1"],
        [nameof(RunSettings.ClusterPort)] = [.. NoNumbers, "-1", "65536"],
        [nameof(RunSettings.ClusterSeeds)] = ["", "a", "a:0", "a:1,a:1", "a:1,", "a b:1"],
        [nameof(RunSettings.ClusterRoles)] = ["", "scenes,scenes", "all"],
        [nameof(RunSettings.Console)] = NoFlags,
        [nameof(RunSettings.ConsoleTokenFile)] = ["", " ", "/none/there", "/dev/null", "/etc"],
        [nameof(RunSettings.Devices)] = ["", "gpu", "cpu:-1", "cpu:1024", "cpu:0,cpu:0", "cpu:0,", "cuda", "cuda:1024"],
        [nameof(RunSettings.Backend)] = ["", " ", "onnx", "/none/there"],
        [nameof(RunSettings.Instruction)] = ["", " ", "Describe the image.", "Lakes and forests, please."],
        [nameof(RunSettings.DeviceFallback)] = ["", "gpu", "CPU"],
        [nameof(RunSettings.Classes)] = ["", "roads", "water,"],
        [nameof(RunSettings.Products)] = ["", "maps", "masks,", "31"],
        [nameof(RunSettings.Tile)] = [.. NoNumbers, "0", "7", "100", "8192", "-512"],
        [nameof(RunSettings.GatherMinutes)] = [.. NoNumbers, "0", "-1", "1441", "Infinity"],
        [nameof(RunSettings.LateGraceSeconds)] = [.. NoNumbers, "-1", "86401", "Infinity"],
        [nameof(RunSettings.MaxDataAgeHours)] = [.. NoNumbers, "-1", "87601"],
        [nameof(RunSettings.ReceiveMaximum)] = [.. NoNumbers, "0", "65536"],
        [nameof(RunSettings.HoldMebibytes)] = [.. NoNumbers, "65", "65537"],
        [nameof(RunSettings.MaxOpenScenes)] = [.. NoNumbers, "0", "4097"],
        [nameof(RunSettings.MaxReadyTiles)] = [.. NoNumbers, "63", "10000001"],
        [nameof(RunSettings.PixelCacheMebibytes)] = [.. NoNumbers, "0", "65537"],
        [nameof(RunSettings.OutboxCapacity)] = [.. NoNumbers, "15", "10000001"],
        [nameof(RunSettings.ReadTimeoutSeconds)] = [.. NoNumbers, "0", "3601"],
        [nameof(RunSettings.MaxHungReads)] = [.. NoNumbers, "0", "65"],
        [nameof(RunSettings.BatchTiles)] = [.. NoNumbers, "0", "257"],
        [nameof(RunSettings.BatchMilliseconds)] = [.. NoNumbers, "-1", "10001"],
        [nameof(RunSettings.DeviceThreads)] = [.. NoNumbers, "0", "1025"],
        [nameof(RunSettings.ModelSeconds)] = [.. NoNumbers, "-1", "86401"],
        [nameof(RunSettings.SilentMinutes)] = [.. NoNumbers, "-1", "1441"],
        [nameof(RunSettings.StallSeconds)] = [.. NoNumbers, "9", "86401"],
        [nameof(RunSettings.CanarySeconds)] = [.. NoNumbers, "-1", "61"],
        [nameof(RunSettings.OpeningThreads)] = [.. NoNumbers, "0", "65"],
        [nameof(RunSettings.PendingStrips)] = [.. NoNumbers, "0", "65536"],
        [nameof(RunSettings.SceneTiles)] = [.. NoNumbers, "0", "4097"],
        [nameof(RunSettings.ResultMebibytes)] = [.. NoNumbers, "0", "65537"],
        [nameof(RunSettings.PixelPoolMebibytes)] = [.. NoNumbers, "0", "65537"],
        [nameof(RunSettings.PublishWindow)] = [.. NoNumbers, "0", "257"],
        [nameof(RunSettings.RelayMessages)] = [.. NoNumbers, "15", "1000001"],
        [nameof(RunSettings.JournalWrites)] = [.. NoNumbers, "15", "1000001"],
        [nameof(RunSettings.StopSeconds)] = [.. NoNumbers, "-1", "3601"],
        [nameof(RunSettings.MinFreeMebibytes)] = [.. NoNumbers, "-1", "1073741825"],
        [nameof(RunSettings.KeepFreeMebibytes)] = [.. NoNumbers, "-1", "1073741825"],
        [nameof(RunSettings.RetentionMinutes)] = [.. NoNumbers, "0", "0.05", "1441"],
        [nameof(RunSettings.SupersededHours)] = [.. NoNumbers, "-1", "876001"],
        [nameof(RunSettings.WorkHours)] = [.. NoNumbers, "-1", "876001"],
        [nameof(RunSettings.SpoolHours)] = [.. NoNumbers, "-1", "876001"],
        [nameof(RunSettings.ProductHours)] = [.. NoNumbers, "-1", "876001"],
        [nameof(RunSettings.ProductsMakeRoom)] = NoFlags,
        [nameof(RunSettings.FactsDays)] = [.. NoNumbers, "-1", "36501"],
        [nameof(RunSettings.StructuredEvents)] = NoFlags,
        [nameof(RunSettings.OgcTypes)] = NoFlags,
        [nameof(RunSettings.Commands)] = NoFlags,
        [nameof(RunSettings.Rules)] = ["/there/is/no/such/file.yaml", "/tmp"],
        [nameof(RunSettings.SecondOpinion)] = ["segmentation", "true", "Spectral"],
        [nameof(RunSettings.AlertsActual)] = NoFlags,
        [nameof(RunSettings.JsonLog)] = NoFlags,
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Keys() =>
        [.. typeof(RunSettings).GetProperties().Select(property => property.Name)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_bad_value_is_told_with_the_setting_the_value_and_what_it_takes(string key)
    {
        // A setting without an entry has no bad values in this table yet: give it some.
        foreach (var value in Bad[key])
        {
            var values = Right();
            if (key == nameof(RunSettings.KeyFile))
            {
                values[nameof(RunSettings.CertificateFile)] = MakePair("station").Certificate;
            }

            values[key == nameof(RunSettings.Allow) ? "Allow:0" : key] = value;
            var mistakes = Check(values);
            Assert.Contains(SettingWords.Mistake(key, value), mistakes);
        }
    }

    [Fact]
    public void Settings_that_are_right_have_no_mistake() => Assert.Empty(Check(Right()));

    [Fact]
    public void Looking_at_settings_makes_no_folder()
    {
        var values = Right();
        (values["Data"], values["Out"], values["Tile"]) = (_folder["a/data"], _folder["b/out"], "7");
        Assert.Single(Check(values));
        Assert.Equal([_folder["in"]], Directory.GetFileSystemEntries(_folder.Root));
    }

    [Fact]
    public void All_mistakes_are_told_at_once_also_those_of_type()
    {
        var values = Right();
        (values["Http"], values["Tile"], values["JsonLog"]) = ("many", "7", "perhaps");
        Assert.Equal(
            ["http is 'many': expected a port from 0 to 65535", "jsonLog is 'perhaps': expected true or false",
                "tile is '7': expected a power of two from 64 to 4096"],
            Check(values).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("postgres://spex:secret@db/journal")]
    [InlineData("Host=db;Password=secret;Database=journal")]
    [InlineData("postgres://spex:secret@db:port/journal")]
    public void A_password_in_the_address_of_the_journal_is_refused_and_not_shown(string address)
    {
        var values = Right();
        values["Journal"] = address;
        var mistake = Assert.Single(Check(values));
        Assert.StartsWith("journal is", mistake, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", mistake, StringComparison.Ordinal);

        values["Journal"] = "postgres://spex@db/journal";
        Assert.Empty(Check(values));
    }

    [Fact]
    public void A_graphics_card_needs_a_model()
    {
        var values = Right();
        values["Devices"] = "cuda:0";
        Assert.Contains(
            "the spectral backend works on the processor", Assert.Single(Check(values)), StringComparison.Ordinal);

        values["Backend"] = _folder["pack"];
        Directory.CreateDirectory(_folder["pack"]);
        File.WriteAllText(Path.Combine(_folder["pack"], "model.json"), "{}");
        Assert.Empty(Check(values));
    }

    [Fact]
    public void Certificates_and_keys_are_looked_into_before_the_start()
    {
        var (own, other) = (MakePair("own"), MakePair("other"));
        var text = _folder["text.pem"];
        File.WriteAllText(text, "no certificate");
        var values = Right();
        values["CaFile"] = values["CertificateFile"] = own.Certificate;
        values["KeyFile"] = own.Key;
        Assert.Empty(Check(values));

        values["KeyFile"] = other.Key;
        Assert.Equal([SettingWords.Mistake("KeyFile", other.Key)], Check(values));

        (values["CaFile"], values["CertificateFile"]) = (text, text);
        Assert.Equal(
            [SettingWords.Mistake("CaFile", text), SettingWords.Mistake("CertificateFile", text),
                SettingWords.Mistake("KeyFile", other.Key)],
            Check(values));
    }

    [Theory]
    [InlineData("same", "same")]
    [InlineData("outer", "outer/data")]
    public void Products_cannot_take_the_place_of_the_daemons_data(string products, string data)
    {
        var values = Right();
        (values["Out"], values["Data"]) = (_folder[products], _folder[data]);
        Assert.Contains("neither is --data nor holds it", Assert.Single(Check(values)), StringComparison.Ordinal);
    }

    [Fact]
    public void Strips_on_their_way_alone_must_not_fill_the_tiles()
    {
        var values = Right();
        (values["MaxReadyTiles"], values["PendingStrips"]) = ("100", "101");
        Assert.Contains("at least as many as pendingStrips", Assert.Single(Check(values)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_in_a_file_that_is_no_setting_is_a_mistake()
    {
        var path = _folder["settings.json"];
        File.WriteAllText(path, """{ "tile": 256, "GatherMinute": 5, "Allow": ["/a"] }""");
        var file = new ConfigurationBuilder().AddJsonFile(path).Build();
        Assert.Contains("'GatherMinute', which is no setting", Assert.Single(SettingsReader.UnknownNames(file, path)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_of_one_place_replace_those_of_another_as_a_whole()
    {
        var file = Layer(("Allow:0", "/file/a"), ("allow:1", "/file/b"), ("Station", "no-file"));
        var environment = Layer(("ALLOW:0", "/environment"));
        var line = Layer(("Allow:0", "/line"));
        string[] Allowed(params IConfiguration[] layers) => SettingsReader.Read(SettingLayers.Join(layers), []).Allow;
        Assert.Equal(["/file/a", "/file/b"], Allowed(file, Layer(), Layer()));
        Assert.Equal(["/environment"], Allowed(file, environment, Layer()));
        Assert.Equal(["/line"], Allowed(file, environment, line));
        Assert.Equal("no-file", SettingsReader.Read(SettingLayers.Join(file, line), []).Station);
    }

    [Theory]
    [InlineData("work")]
    [InlineData("spool")]
    [InlineData("devices")]
    public void A_file_where_the_data_has_a_folder_is_told_with_all_other_mistakes(string part)
    {
        var values = Right();
        values["Http"] = "-1";
        Directory.CreateDirectory(_folder["data"]);
        File.WriteAllText(_folder[$"data/{part}"], "");
        Assert.Equal(
            [SettingWords.Mistake("Data", _folder[$"data/{part}"]), SettingWords.Mistake("Http", "-1")],
            Check(values).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_setting_has_its_words() =>
        Assert.All(typeof(RunSettings).GetProperties().Select(property => property.Name), key =>
            Assert.NotEmpty(SettingWords.Of(key)));

    public void Dispose() => _folder.Dispose();

    private (string Certificate, string Key) MakePair(string name)
    {
        using var key = ECDsa.Create();
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2036, 1, 1, 0, 0, 0, TimeSpan.Zero));
        File.WriteAllText(_folder[$"{name}.pem"], certificate.ExportCertificatePem());
        File.WriteAllText(_folder[$"{name}.key"], key.ExportPkcs8PrivateKeyPem());
        return (_folder[$"{name}.pem"], _folder[$"{name}.key"]);
    }

    private Dictionary<string, string?> Right()
    {
        Directory.CreateDirectory(_folder["in"]);
        return new Dictionary<string, string?>
        {
            ["Broker"] = "mqtt://localhost",
            ["Station"] = "no-test",
            ["Data"] = _folder["data"],
            ["Out"] = _folder["out"],
            ["Allow:0"] = _folder["in"],
        };
    }

    private static IConfiguration Layer(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.ToDictionary(pair => pair.Key, pair => (string?)pair.Value)).Build();

    private static List<string> Check(Dictionary<string, string?> values)
    {
        var mistakes = new List<string>();
        var settings = SettingsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), mistakes);
        mistakes.AddRange(RunSettingsRules.Check(settings));
        return mistakes;
    }
}
