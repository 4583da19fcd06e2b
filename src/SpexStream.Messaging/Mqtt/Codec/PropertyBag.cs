using System.Collections.Immutable;
using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Mqtt.Codec;

/// <summary>The properties of a packet, in the order of the wire.</summary>
internal sealed class PropertyBag
{
    private readonly List<Property> _properties = [];

    public IReadOnlyList<Property> All => _properties;

    public PropertyBag Add(Property property)
    {
        _properties.Add(property);
        return this;
    }

    /// <summary>Adds a number unless it is null.</summary>
    public PropertyBag Add(PropertyId id, uint? number) => number is { } some ? Add(Property.Of(id, some)) : this;

    /// <summary>Adds a text unless it is null.</summary>
    public PropertyBag Add(PropertyId id, string? text) => text is not null ? Add(Property.Of(id, text)) : this;

    public PropertyBag Add(ImmutableArray<MqttUserProperty> properties)
    {
        foreach (var property in properties.IsDefault ? [] : properties)
        {
            Add(Property.User(property.Name, property.Value));
        }

        return this;
    }

    public uint? Number(PropertyId id) => Find(id)?.Number;

    public string? Text(PropertyId id) => Find(id)?.Text;

    public byte[]? Binary(PropertyId id) => Find(id)?.Binary;

    public ImmutableArray<MqttUserProperty> UserProperties()
    {
        var pairs = ImmutableArray.CreateBuilder<MqttUserProperty>();
        foreach (var property in _properties)
        {
            if (property.Id == PropertyId.UserProperty)
            {
                pairs.Add(new MqttUserProperty(property.Text, property.Second));
            }
        }

        return pairs.DrainToImmutable();
    }

    private Property? Find(PropertyId id)
    {
        foreach (var property in _properties)
        {
            if (property.Id == id)
            {
                return property;
            }
        }

        return null;
    }
}
