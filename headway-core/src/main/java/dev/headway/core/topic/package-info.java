/**
 * What can be watched: a log of events per topic, a cursor per watcher, and the hub that holds
 * them.
 */
@NullMarked
package dev.headway.core.topic;

import org.jspecify.annotations.NullMarked;
