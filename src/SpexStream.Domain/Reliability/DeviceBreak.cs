using System.Globalization;
using SpexStream.Domain.Ports.Models;

namespace SpexStream.Domain.Reliability;

/// <summary>
/// Makes a device of this process fail, as a card does that falls off its bus: what it computes throws, and so does
/// opening a model on it. For tests only: unless armed, passing costs a comparison. Safe for use from several threads.
/// </summary>
public static class DeviceBreak
{
    /// <summary>What <see cref="TryArm"/> takes.</summary>
    public const string Rule = "DEVICE,N or DEVICE,N,TIMES with N and TIMES from 1";

    private static readonly Lock Gate = new();
    private static volatile bool _isArmed;
    private static DeviceName _device;
    private static int _good;
    private static int _failures;

    /// <summary>Arms it, before any work begins.</summary>
    /// <param name="text">DEVICE,N: the device fails from its N-th batch on. DEVICE,N,TIMES: so many times, then it
    /// works again.</param>
    /// <returns>False when the text is neither; then nothing is armed.</returns>
    public static bool TryArm(string text)
    {
        var parts = text.Split(',');
        var (batch, times) = (0, int.MaxValue);
        if (parts.Length is not (2 or 3)
            || !DeviceName.TryParse(parts[0], out var device)
            || !TryCount(parts[1], out batch)
            || (parts.Length == 3 && !TryCount(parts[2], out times)))
        {
            return false;
        }

        lock (Gate)
        {
            (_device, _good, _failures) = (device, batch - 1, times);
        }

        _isArmed = true;
        return true;
    }

    /// <summary>A device is about to compute a batch.</summary>
    /// <exception cref="DeviceFaultException">It is broken.</exception>
    public static void Pass(DeviceName device) => Pass(device, isBatch: true);

    /// <summary>A device that worked before is about to open a model.</summary>
    /// <exception cref="DeviceFaultException">It is broken.</exception>
    public static void PassOpening(DeviceName device) => Pass(device, isBatch: false);

    private static void Pass(DeviceName device, bool isBatch)
    {
        if (!_isArmed || device != _device)
        {
            return;
        }

        lock (Gate)
        {
            if (_good > 0)
            {
                _good -= isBatch ? 1 : 0;
                return;
            }

            if (_failures == 0)
            {
                return;
            }

            _failures--;
        }

        throw new DeviceFaultException(device, DeviceFaultKind.Failed, "made to fail, for a test");
    }

    private static bool TryCount(string text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0;
}
