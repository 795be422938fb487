/** Tests of working. */
@NullMarked
package dev.headway.client.work;

import org.jspecify.annotations.NullMarked;
