using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace SpexStream.Domain.Ports.Models;

/// <summary>A device as it is named in settings, metrics and threads: "cpu:0", "cuda:1".</summary>
/// <param name="Kind">What it computes with.</param>
/// <param name="Number">Which of its kind, 0 to 1023. A CUDA number is the driver's; a CPU number only tells workers
/// apart.</param>
public readonly record struct DeviceName(DeviceKind Kind, int Number)
{
    /// <summary>What a name looks like, for messages.</summary>
    public const string Rule = "cpu:N or cuda:N with N from 0 to 1023";

    /// <summary>The first processor device.</summary>
    public static DeviceName Cpu { get; } = new(DeviceKind.Cpu, 0);

    /// <summary>Reads a name as <see cref="ToString"/> writes it.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DeviceName device)
    {
        device = default;
        if (text?.Split(':') is not [var kind, var number]
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value > 1023)
        {
            return false;
        }

        device = new(kind == "cuda" ? DeviceKind.Cuda : DeviceKind.Cpu, value);
        return device.ToString() == text;
    }

    /// <summary>Reads a name that was checked before.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static DeviceName Parse(string text) =>
        TryParse(text, out var device) ? device : throw new FormatException($"'{text}' is no device; expected {Rule}.");

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Kind == DeviceKind.Cuda ? "cuda" : "cpu")}:{Number}");
}
