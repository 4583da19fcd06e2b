using System.Globalization;
using System.Runtime.ExceptionServices;
using SpexStream.Domain.Grid;
using SpexStream.Domain.Imagery;
using SpexStream.Domain.Reliability;

namespace SpexStream.Pipeline.Work;

/// <summary>Watches the reads of one worker thread. A library's read cannot be cancelled, so the thread is left to
/// it.</summary>
/// <param name="calls">Watches the thread's calls.</param>
/// <param name="files">Files with a read that does not come back, shared by all workers.</param>
/// <param name="limits">How long a read may take.</param>
/// <param name="onHung">Told that the thread is given up, and why.</param>
internal sealed class ReadGuard(CallGuard calls, HungFileBoard files, ReadLimits limits, Action<Exception> onHung)
{
    /// <summary>Reads on the calling thread.</summary>
    /// <param name="path">The file.</param>
    /// <param name="window">The window of it.</param>
    /// <param name="read">The read.</param>
    /// <param name="giveUp">Told first, when the read is given up.</param>
    /// <exception cref="RasterException">It failed, or the file is known not to answer.</exception>
    /// <exception cref="GivenUpException">It came back too late: the thread has to end.</exception>
    public void Read(string path, PixelWindow window, Action read, Action<Exception> giveUp)
    {
        if (files.Holds(path))
        {
            throw Fault(
                path, window, "the file does not answer: an earlier read of it, or of its folder, has not come back");
        }

        calls.Begin(() =>
        {
            files.Add(path);
            var fault = Fault(path, window, string.Create(
                CultureInfo.InvariantCulture,
                    $"the read did not come back within {limits.Timeout.TotalSeconds:0.###} s"));
            giveUp(fault);
            onHung(fault);
        });
        var failure = FailureOf(read);
        if (!calls.End())
        {
            files.Remove(path);
            throw new GivenUpException();
        }

        failure?.Throw();
    }

    private static ExceptionDispatchInfo? FailureOf(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (Exception fault)
        {
            // Whatever it is goes on to the caller, unless nobody waits for it any more.
            return ExceptionDispatchInfo.Capture(fault);
        }
    }

    private static RasterException Fault(string path, PixelWindow window, string detail) =>
        new(path, window, $"{detail}; check the disk or the mount.", new TimeoutException());
}
