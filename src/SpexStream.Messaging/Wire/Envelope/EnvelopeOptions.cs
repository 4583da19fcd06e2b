namespace SpexStream.Messaging.Wire.Envelope;

/// <summary>How events are wrapped.</summary>
/// <param name="Structured">All attributes in the payload (<c>application/cloudevents+json</c>), for bridges to
/// MQTT 3.1.1; otherwise in user properties.</param>
/// <param name="OgcTypes">Types of products and observations in the vocabulary of OGC API Publish-Subscribe.</param>
public sealed record EnvelopeOptions(bool Structured = false, bool OgcTypes = false);
