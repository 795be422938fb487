/** Topics: a log of events per topic, a cursor per watcher, and the hub that holds the topics. */
@NullMarked
package dev.headway.core.topic;

import org.jspecify.annotations.NullMarked;
