using SpexStream.Domain.Alerts.Areas;
using SpexStream.Domain.Alerts.Cover;
using SpexStream.Domain.LandCover;
using SpexStream.Pipeline.Products;

namespace SpexStream.Pipeline.Alerts;

/// <summary>One class of a newer pass in some areas, ready to be compared with older passes.</summary>
/// <param name="Product">Its product.</param>
/// <param name="Ground">Where its pixels lie.</param>
/// <param name="Class">The class.</param>
/// <param name="Rows">What its mask says, in the rows of the areas.</param>
/// <param name="Areas">The areas that lie on it.</param>
internal sealed record ComparedPass(
    StandingProduct Product, SceneGround Ground, LandCoverClass Class, RunBand Rows,
    IReadOnlyDictionary<AreaId, AreaSpans> Areas);
