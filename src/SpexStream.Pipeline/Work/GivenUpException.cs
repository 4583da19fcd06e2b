namespace SpexStream.Pipeline.Work;

/// <summary>A read came back after its thread had been given up: what it was for has an answer already.</summary>
internal sealed class GivenUpException() : Exception("The read came back too late.");
