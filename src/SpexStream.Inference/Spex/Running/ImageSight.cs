namespace SpexStream.Inference.Spex.Running;

/// <summary>What the vision graph made of a batch of images.</summary>
/// <param name="LanguageTokens">[images, tokens, hidden].</param>
/// <param name="TokensEach">Numbers of one image's tokens.</param>
/// <param name="Features">[images, channels, grid, grid].</param>
/// <param name="FeaturesEach">Numbers of one image's features.</param>
/// <param name="Grid">Rows and columns of the features.</param>
internal sealed record ImageSight(float[] LanguageTokens, int TokensEach, float[] Features, int FeaturesEach, int Grid)
{
    public ReadOnlySpan<float> Tokens(int image) => LanguageTokens.AsSpan(image * TokensEach, TokensEach);

    public ReadOnlySpan<float> MaskFeatures(int image) => Features.AsSpan(image * FeaturesEach, FeaturesEach);
}
