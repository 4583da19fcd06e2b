namespace SpexStream.Inference.Spex.Running;

/// <summary>Drawing of tokens by chance (Holtzman et al. 2020, section 3.1).</summary>
/// <param name="Temperature">Above 0; smaller keeps closer to the likeliest token.</param>
/// <param name="TopShare">0 to 1: only the likeliest tokens that together have this probability are drawn.</param>
/// <param name="Seed">Equal seeds give equal answers.</param>
public sealed record SpexSampling(float Temperature, float TopShare, int Seed);
