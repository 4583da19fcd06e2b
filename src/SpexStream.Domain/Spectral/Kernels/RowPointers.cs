namespace SpexStream.Domain.Spectral.Kernels;

/// <summary>Where one row is read: each band at the row's first column. A missing band points to another one, and every
/// test of it is switched off.</summary>
internal unsafe struct RowSource
{
    public void* Blue;
    public void* Green;
    public void* Red;
    public void* Nir;
    public void* Swir16;
    public void* Swir22;
    public void* Cirrus;

    /// <summary>0 or the code that is settled already (nodata).</summary>
    public byte* Preset;

    /// <summary>Non-zero where the ground is textured; null where texture is not asked.</summary>
    public byte* Texture;
}

/// <summary>Where one row is written; null for what is not wanted.</summary>
internal unsafe struct RowTarget
{
    public byte* Codes;
    public byte* Seeds;
    public byte* Diagnostics;
    public byte* WaterConfidence;
    public byte* VegetationConfidence;
    public byte* BuildingsConfidence;
    public short* Ndwi;
    public short* Ndvi;
    public short* Mndwi;
    public short* Ndbi;
}
