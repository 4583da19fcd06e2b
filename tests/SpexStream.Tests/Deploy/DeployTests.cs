using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using SpexStream.Daemon.Settings;
using Xunit;

namespace SpexStream.Tests.Deploy;

/// <summary>What <c>deploy/</c> and the Dockerfile say agrees with what the daemon takes. What needs other programs
/// is looked at by <c>eng/check-deploy.sh</c>.</summary>
public sealed partial class DeployTests
{
    public static TheoryData<string> Files() => [.. DeployFiles.All.Where(name => DeployFiles.SettingsIn(name).Any())];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_setting_that_a_file_names_is_one_of_the_daemons(string file) =>
        Assert.DoesNotContain(DeployFiles.SettingsIn(file), variable => DeployFiles.SettingOf(variable) is null);

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_value_that_a_file_gives_is_one_that_the_daemon_takes(string file)
    {
        var mistakes = new List<string>();
        // Paths are those of the image. How settings go together is not looked at, for others come from elsewhere.
        var given = DeployFiles.ValuesIn(file).Where(pair => pair.Value[0] is not '/' and not '$')
            .ToDictionary(pair => DeployFiles.SettingOf(pair.Name)!, pair => (string?)pair.Value);
        var settings = SettingsReader.Read(
            new ConfigurationBuilder().AddInMemoryCollection(given).Build(), mistakes);
        mistakes.AddRange(RunSettingsRules.Check(settings).Where(mistake => given.Keys.Any(key =>
            mistake.StartsWith(key + " is ", StringComparison.OrdinalIgnoreCase)
            && mistake.EndsWith(SettingWords.Of(key), StringComparison.Ordinal))));
        Assert.Empty(mistakes);
    }

    [Fact]
    public void The_example_of_a_settings_file_has_no_unknown_key_and_every_value_is_of_its_type()
    {
        var mistakes = new List<string>();
        var file = SettingsFile.Read(Path.Combine(Architecture.Repository.Root, "deploy/spexstream.example.json"));
        SettingsReader.Read(file, mistakes);
        Assert.Empty(mistakes.Concat(SettingsReader.UnknownNames(file, "the example")));
    }

    [Fact]
    public void Every_path_of_the_example_is_made_by_what_the_page_says()
    {
        var paths = PathIn().Matches(DeployFiles.Text("deploy/spexstream.example.json"))
            .Select(match => match.Groups[1].Value).ToArray();
        Assert.Contains("/etc/spexstream/password", paths);
        var made = Installed().Matches(DeployFiles.Text("docs/deploy.md"))
            .Concat(Folder().Matches(DeployFiles.Text("deploy/systemd/spexstream.tmpfiles")))
            .Select(match => match.Groups[1].Value)
            .Concat(State().Matches(DeployFiles.Text("deploy/systemd/spexstream.service"))
                .Select(match => $"/var/lib/{match.Groups[1].Value}"));
        Assert.Empty(paths.Except(made));
    }

    [Theory]
    [InlineData("deploy/systemd/spexstream.service")]
    [InlineData("deploy/compose.yaml")]
    [InlineData("deploy/k8s/base/stateful-set.yaml")]
    public void Whoever_stops_the_daemon_waits_longer_than_it_may_take(string file)
    {
        var limit = Stop().Match(DeployFiles.Text(file));
        Assert.True(limit.Success, file);
        var given = DeployFiles.ValuesIn("deploy/k8s/base/settings.env").Concat(DeployFiles.ValuesIn(file))
            .Where(setting => setting.Name == "SPEX_STOPSECONDS").Select(setting => Seconds(setting.Value))
            .Append(new RunSettings().StopSeconds).Max();
        Assert.InRange(Seconds(limit.Groups[1].Value), (2 * given) + 10 + 1, 600);
    }

    [Fact]
    public void No_password_stands_in_any_file()
    {
        Assert.All(DeployFiles.All, file => Assert.DoesNotContain(
            DeployFiles.ValuesIn(file), given => given.Name is "SPEX_PASSWORD"));
        Assert.DoesNotMatch(@"PASSWORD: ", DeployFiles.Text("deploy/compose.yaml"));
        Assert.DoesNotMatch(
            @"kind: Secret\b",
            string.Concat(DeployFiles.All.Where(name => name.Contains("/k8s/", StringComparison.Ordinal))
                .Select(DeployFiles.Text)));
    }

    [Fact]
    public void The_image_and_the_manifests_mean_the_same_user_and_port()
    {
        var user = User().Match(DeployFiles.Text("Dockerfile")).Groups[1].Value;
        var pod = DeployFiles.Text("deploy/k8s/base/stateful-set.yaml");
        Assert.Contains($"runAsUser: {user}\n", pod, StringComparison.Ordinal);
        Assert.Contains($"fsGroup: {user}\n", pod, StringComparison.Ordinal);
        Assert.Contains($"EXPOSE {new RunSettings().Http}\n", DeployFiles.Text("Dockerfile"), StringComparison.Ordinal);
        Assert.Contains($"containerPort: {new RunSettings().Http}\n", pod, StringComparison.Ordinal);
    }

    // A selector of pods finds no cache of names in the network of the node.
    [Theory]
    [InlineData(53)]
    [InlineData(5353)]
    public void The_policy_lets_names_be_asked_of_whoever_answers_them(int port)
    {
        var egress = DeployFiles.Text("deploy/k8s/base/network-policy.yaml").Split("egress:")[1];
        var rule = egress.Split("\n    - ").Single(rule => rule.Contains($"port: {port}\n", StringComparison.Ordinal));
        Assert.StartsWith("ports:", rule, StringComparison.Ordinal);
        Assert.Contains($"port: {port}\n          protocol: UDP", rule, StringComparison.Ordinal);
        Assert.Contains($"port: {port}\n          protocol: TCP", rule, StringComparison.Ordinal);
    }

    private static double Seconds(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s*(?:TimeoutStopSec=|stop_grace_period: |terminationGracePeriodSeconds: )(\d+)s?$",
        RegexOptions.Multiline)]
    private static partial Regex Stop();

    [GeneratedRegex(@"""(/[^""]*)""")]
    private static partial Regex PathIn();

    [GeneratedRegex(@"^install .* (/[^\s]+)$", RegexOptions.Multiline)]
    private static partial Regex Installed();

    [GeneratedRegex(@"^d (/[^\s]+) ", RegexOptions.Multiline)]
    private static partial Regex Folder();

    [GeneratedRegex(@"^StateDirectory=(.+)$", RegexOptions.Multiline)]
    private static partial Regex State();

    [GeneratedRegex(@"^USER (\d+):\d+$", RegexOptions.Multiline)]
    private static partial Regex User();
}
