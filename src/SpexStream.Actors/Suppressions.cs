using System.Diagnostics.CodeAnalysis;

[assembly: SuppressMessage(
    "Design", "CA1001", Scope = "module",
    Justification = "Actors are not disposed of; what they own is let go in PostStop.")]
