/**
 * Samples from an MQTT broker: machines publish, each characteristic under a topic of its own. What
 * cannot be taken is answered under the topic's {@code rejected}.
 */
@NullMarked
package dev.headway.spc.mqtt;

import org.jspecify.annotations.NullMarked;
