/**
 * Charts that are kept up to date: samples are judged, stored and only then published, and who
 * watches a characteristic sees the same as who asks for it.
 */
@NullMarked
package dev.headway.spc.live;

import org.jspecify.annotations.NullMarked;
