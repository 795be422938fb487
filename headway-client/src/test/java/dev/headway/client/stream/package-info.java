/** Tests of watching. */
@NullMarked
package dev.headway.client.stream;

import org.jspecify.annotations.NullMarked;
