namespace SpexStream.Inference.Spex.Running;

/// <summary>What the vision graph made of the images of a batch.</summary>
/// <param name="LanguageTokens">[images, tokens, hidden].</param>
/// <param name="TokensEach">Numbers of one image's tokens.</param>
/// <param name="Features">[images, channels, grid, grid].</param>
/// <param name="FeaturesEach">Numbers of one image's features.</param>
/// <param name="Grid">Rows and columns of the features.</param>
/// <param name="ImageOf">The image of each question.</param>
internal sealed record ImageSight(
    float[] LanguageTokens, int TokensEach, float[] Features, int FeaturesEach, int Grid, int[] ImageOf)
{
    public ReadOnlySpan<float> Tokens(int question) =>
        LanguageTokens.AsSpan(ImageOf[question] * TokensEach, TokensEach);

    public ReadOnlySpan<float> MaskFeatures(int question) =>
        Features.AsSpan(ImageOf[question] * FeaturesEach, FeaturesEach);
}
