namespace SpexStream.Daemon.Commands.Input;

/// <summary>What help and documents say of an option besides its meaning.</summary>
internal interface ICheckedOption
{
    /// <summary>What it takes, with unit and range.</summary>
    string Takes { get; }

    /// <summary>What holds when it is not given; null when it must be.</summary>
    string? Otherwise { get; }

    /// <summary>Whether a bad value is not repeated, for it may hold a password.</summary>
    bool HidesValue { get; }
}
