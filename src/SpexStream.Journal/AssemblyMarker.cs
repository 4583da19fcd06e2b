namespace SpexStream.Journal;

/// <summary>Names this assembly to tests that read its references.</summary>
public static class AssemblyMarker;
