using System.Runtime.InteropServices;

namespace SpexStream.Daemon.Console;

/// <summary>
/// SIGINT and SIGTERM as a token: the first asks a verb to end and clean up, however long that takes; the second ends
/// the process at once, as it would without us.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    // The convention of shells for a process that a signal ended.
    private const int SignalBase = 128;
    private const int Interrupt = 2;
    private const int Terminate = 15;
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _exitCode;

    public StopSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Handle(context, SignalBase + Interrupt)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Handle(context, SignalBase + Terminate)),
    ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Exit code of a verb that was ended by a signal; null while none came.</summary>
    public int? ExitCode => Volatile.Read(ref _exitCode) is > 0 and var code ? code : null;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _stop.Dispose();
    }

    private void Handle(PosixSignalContext context, int exitCode)
    {
        if (Interlocked.CompareExchange(ref _exitCode, exitCode, 0) == 0)
        {
            context.Cancel = true;
            // What the token calls back may take its time; the thread of signals has none.
            _ = _stop.CancelAsync();
        }
    }
}
