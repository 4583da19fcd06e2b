using SpexStream.Domain.Ports.Mqtt;

namespace SpexStream.Messaging.Mqtt;

/// <summary>Which library speaks MQTT in this build (switch SpexMqtt).</summary>
public static class MqttLibrary
{
    /// <summary>The factory of the library that was built in.</summary>
    public static IMqttConnectionFactory Factory(TimeProvider time) =>
#if SPEX_MQTTNET
        new MqttNet.MqttNetConnectionFactory(time);
#else
        new MqttConnectionFactory(time);
#endif
}
