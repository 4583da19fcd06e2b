using SpexStream.Domain.Ports.Models;

namespace SpexStream.Inference.Examination;

/// <summary>Tiles per second of a pack, with and without what is around it. Medians over rounds that took
/// turns.</summary>
/// <param name="Identity">Which model it was.</param>
/// <param name="Provider">What computed.</param>
/// <param name="Rounds">Rounds of each kind.</param>
/// <param name="Bare">A loop that does nothing but run the session on tensors that are there.</param>
/// <param name="Alone">One thread that fills batches, runs them and reads the answers.</param>
/// <param name="Overlapped">Two threads: one fills and reads while the other runs.</param>
public sealed record PackBenchResult(
    ModelIdentity Identity, string Provider, int Rounds, double Bare, double Alone, double Overlapped);
