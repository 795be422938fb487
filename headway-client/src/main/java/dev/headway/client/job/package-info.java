/** Jobs as the server shows them. */
@NullMarked
package dev.headway.client.job;

import org.jspecify.annotations.NullMarked;
