using SpexStream.Domain.Identity;
using SpexStream.Domain.Scenes;
using SpexStream.Pipeline.Work;
using SpexStream.Tests.Support;
using Xunit;

namespace SpexStream.Tests.Pipeline;

public sealed class FlightRecorderTests : IDisposable
{
    private static readonly FlightMark Mark = new(SceneId.Parse("made"), new(1, 2), [new(0, 1)]);
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void What_was_in_hand_is_found_when_its_run_is_known_to_have_crashed()
    {
        using (var recorder = new FlightRecorder(_folder["devices"], "cpu:0", 7, _ => { }))
        {
            recorder.Begin(Mark);
        }

        var found = Assert.Single(FlightRecorder.Read(_folder["devices"], new HashSet<long> { 3, 7 }));
        Assert.Equal((7, Mark.ToString()), (found.Run, found.Mark.ToString()));
        Assert.Empty(FlightRecorder.Read(_folder["devices"], new HashSet<long> { 3, 8 }));
    }

    [Fact]
    public void What_has_ended_is_not_found()
    {
        using var recorder = new FlightRecorder(_folder["devices"], "cpu:0", 7, _ => { });
        recorder.Begin(Mark, Mark);
        recorder.End();
        Assert.Empty(FlightRecorder.Read(_folder["devices"], new HashSet<long> { 7 }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("made 1 2 0/1 .")]
    [InlineData("run x\nmade 1 2 0/1 .")]
    [InlineData("run 7\nmade 1 2 0/1")]
    public void A_file_without_its_run_or_cut_off_tells_nothing(string text)
    {
        Directory.CreateDirectory(_folder["devices"]);
        File.WriteAllText(_folder["devices/cpu-0.flight"], text);
        Assert.Empty(FlightRecorder.Read(_folder["devices"], new HashSet<long> { 7 }));
    }

    [Fact]
    public void A_disk_that_takes_nothing_is_told_of_once_and_stops_nobody()
    {
        Directory.CreateDirectory(_folder["devices"]);
        File.CreateSymbolicLink(_folder["devices/cpu-0.flight"], "/dev/full");
        var faults = new List<Exception>();
        using var recorder = new FlightRecorder(_folder["devices"], "cpu:0", 7, faults.Add);
        recorder.Begin(Mark);
        recorder.End();
        recorder.Begin(Mark);
        Assert.IsAssignableFrom<IOException>(Assert.Single(faults));
    }

    public void Dispose() => _folder.Dispose();
}
