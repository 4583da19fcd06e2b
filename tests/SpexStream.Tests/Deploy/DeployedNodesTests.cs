using System.Diagnostics;
using SpexStream.Tests.Architecture;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Deploy;

/// <summary>What <c>eng/check-deploy.sh</c> says of several nodes, when they are one station and when they are
/// not.</summary>
public sealed class DeployedNodesTests
{
    private const string Compose = "deploy/compose.yaml";
    private const string Settings = "deploy/k8s/base/settings.env";
    private const string Pod = "deploy/k8s/base/stateful-set.yaml";

    [RequiresYamlTheory]
    [InlineData(Compose, "", "", "")]
    [InlineData(Compose, "  SPEX_SHARE: station\n", "", "node-1: SPEX_SHARE is not set")]
    [InlineData(Compose, "postgres://spexstream@database:5432/spexstream", "embedded", "no journal that nodes share")]
    [InlineData(
        Compose, "*settings, SPEX_NODE: node-2", "*settings, SPEX_NODE: node-1", "SPEX_NODE is not each node's")]
    [InlineData(
        Compose, "*settings, SPEX_NODE: node-2", "*settings, SPEX_NODE: node-2, SPEX_SHARE: b",
        "SPEX_SHARE is not the same")]
    [InlineData(Compose, "node-2:/var/lib/spexstream", "node-1:/var/lib/spexstream", "own data is not each node's own")]
    [InlineData(
        Compose, "\"node-3:/var/lib/spexstream\", \"products:", "\"node-3:/var/lib/spexstream\", \"others:",
        "the same folder of products")]
    [InlineData(Settings, "SPEX_SHARE=station", "", "k8s: SPEX_SHARE is not set")]
    [InlineData(Settings, "SPEX_JOURNAL=postgres", "SPEX_JOURNAL=sqlite", "k8s: SPEX_JOURNAL is no journal")]
    [InlineData(Settings, "SPEX_SHARE=", "SPEX_NODE=node-1\nSPEX_SHARE=", "SPEX_NODE is not the name of the pod")]
    [InlineData(Pod, "fieldPath: metadata.name", "fieldPath: spec.nodeName", "SPEX_NODE is not the name of the pod")]
    [InlineData(Pod, "name: products, mountPath", "name: temporary, mountPath", "/srv/products is no volume that all")]
    [InlineData(Pod, "name: data, mountPath", "name: products, mountPath", "is no volume of a node's own")]
    public void Nodes_that_do_not_share_what_they_must_are_noticed(string file, string now, string then, string said)
    {
        using var folder = new TemporaryFolder();
        foreach (var name in DeployFiles.All)
        {
            var copy = Path.Combine(folder["copy"], name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(Repository.Root, name), copy);
        }

        if (now.Length > 0)
        {
            var text = DeployFiles.Text(file);
            Assert.Contains(now, text, StringComparison.Ordinal);
            File.WriteAllText(
                Path.Combine(folder["copy"], file), text.Replace(now, then, StringComparison.Ordinal));
        }

        var (code, output) = Check(folder["copy"]);
        Assert.Equal(said.Length == 0 ? 0 : 1, code);
        Assert.Contains(said, output, StringComparison.Ordinal);
    }

    private static (int Code, string Output) Check(string root)
    {
        using var python = Process.Start(
            new ProcessStartInfo(
                RequiresYamlTheoryAttribute.Python, [Path.Combine(Repository.Root, "eng/deploy/nodes.py"), root])
            {
                RedirectStandardOutput = true,
            })!;
        var output = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        return (python.ExitCode, output);
    }
}
