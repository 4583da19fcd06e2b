namespace SpexStream.Raster.Cog;

/// <summary>One resolution of a pyramid.</summary>
internal sealed record CogLevel(int Level, int Width, int Height)
{
    public int BlocksAcross { get; } = (Width + CogLayout.BlockSize - 1) / CogLayout.BlockSize;

    public int BlocksDown { get; } = (Height + CogLayout.BlockSize - 1) / CogLayout.BlockSize;

    public int BlockCount => BlocksAcross * BlocksDown;
}
