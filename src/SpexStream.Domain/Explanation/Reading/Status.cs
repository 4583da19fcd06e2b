namespace SpexStream.Domain.Explanation.Reading;

/// <summary>Phrases that say how far a product can be trusted.</summary>
internal enum Status
{
    Preliminary,
    Final,
    ScreenedForCloud,
    NotScreenedForCloud,
    TouchesEdge,
    NothingSeen,
    AllSeen,
    Complete,
    CloudFree,
}
