namespace SpexStream.Messaging.Mqtt.Codec;

/// <summary>One property: its value is in the field that its kind names; a pair has name and value in both
/// texts.</summary>
internal readonly record struct Property(PropertyId Id, uint Number, string Text, string Second, byte[] Binary)
{
    public static Property Of(PropertyId id, uint number) => new(id, number, "", "", []);

    public static Property Of(PropertyId id, string text) => new(id, 0, text, "", []);

    public static Property Of(PropertyId id, byte[] binary) => new(id, 0, "", "", binary);

    public static Property User(string name, string value) => new(PropertyId.UserProperty, 0, name, value, []);
}
