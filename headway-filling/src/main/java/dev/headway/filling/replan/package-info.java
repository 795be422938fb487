/** Planning again from a moment on: what has begun stays, and what moves is counted. */
@NullMarked
package dev.headway.filling.replan;

import org.jspecify.annotations.NullMarked;
