namespace SpexStream.Domain.Synthesis;

/// <summary>Woods and fields: the ground before anything is built on it.</summary>
internal sealed class CountrysidePainter(ScenePlan plan)
{
    /// <summary>The cover of a pixel.</summary>
    /// <param name="fields">The planes of the block.</param>
    /// <param name="i">Place in the planes.</param>
    /// <param name="x">Absolute column.</param>
    /// <param name="y">Absolute row.</param>
    public Cover At(BlockFields fields, int i, int x, int y)
    {
        var bend = fields.Bends[i];
        var parcel = plan.Parcels.At(x + bend, y - bend);
        var wood = fields.Woods[i] + ((CoordinateHash.Unit(parcel.Id, 1) - 0.5f) * 34 * plan.Frame.Detail);
        var woodShare = Curves.Smooth(-0.9f, 0.9f, wood);
        if (CoordinateHash.Unit(parcel.Id, 2) < 0.045f)
        {
            woodShare = 0;
        }

        var cover = woodShare >= 1 ? default : Open(fields, i, parcel);
        if (woodShare > 0)
        {
            cover = cover.Mix(Canopy(fields, i), woodShare);
        }

        return Riverside(fields, i, cover);
    }

    /// <summary>Trees as they stand in woods, parks and hedges.</summary>
    public static Cover Canopy(BlockFields fields, int i)
    {
        var species = fields.Species[i] + (0.9f * (fields.Hilliness[i] - 0.35f));
        var crowns = fields.Crowns[i];
        var conifers = Curves.Smooth(-0.25f, 0.35f, species + (0.25f * crowns));
        var trees = Spectra.Broadleaf.Mix(Spectra.Conifer, conifers);
        var gaps = Curves.Clamp01(0.05f + (0.07f * crowns) - (0.05f * fields.Soil[i]));
        return trees.Mix(Spectra.Shrub, gaps).Lit(1 + (0.13f * crowns) + (0.05f * fields.Soil[i]));
    }

    private static Cover Open(BlockFields fields, int i, in Parcel parcel)
    {
        var moisture = 0.45f * Curves.Smooth(60, 6, fields.RiverDistance[i]);
        var crop = Crop.Of(parcel.Id, fields.Hilliness[i]);
        var cover = crop.At(parcel, fields.Soil[i], fields.Crowns[i], moisture);

        var hedge = CoordinateHash.Unit(parcel.Id, 3) < 0.22f;
        cover = cover.Mix(Spectra.Meadow.Mix(Spectra.DryGrass, 0.5f), Curves.Band(parcel.Edge, 0.38f));
        if (hedge)
        {
            cover = cover.Mix(Canopy(fields, i), Curves.Band(parcel.Edge - 0.7f, 0.6f));
        }

        // Farm tracks run along two of three districts.
        return parcel.District % 3 == 0
            ? cover
            : cover.Mix(Spectra.Gravel, Curves.Band(parcel.DistrictEdge - 0.5f, 0.3f));
    }

    private static Cover Riverside(BlockFields fields, int i, Cover cover)
    {
        var distance = fields.RiverDistance[i] + (9 * fields.NarrowShore[i]) - (7 * fields.Species[i]);
        var share = 0.85f * Curves.Smooth(13, 7, distance);
        return share <= 0 ? cover : cover.Mix(Canopy(fields, i), share);
    }
}
