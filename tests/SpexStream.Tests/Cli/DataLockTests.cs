using SpexStream.Daemon.Files;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Cli;

public sealed class DataLockTests
{
    [Fact]
    public void A_data_folder_is_one_daemons_until_it_ends()
    {
        using var folder = new TemporaryFolder();
        using (DataLock.Take(folder["data"]))
        {
            var refused = Assert.Throws<IOException>(() => DataLock.Take(folder["data"]));
            Assert.Contains($"in use by process {Environment.ProcessId};", refused.Message, StringComparison.Ordinal);
            Assert.Contains("another --data", refused.Message, StringComparison.Ordinal);
            using var other = DataLock.Take(folder["other"]);
        }

        DataLock.Take(folder["data"]).Dispose();
    }
}
