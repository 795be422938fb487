/** The JSON of process control: what clients are sent, as records. */
@NullMarked
package dev.headway.spc.json;

import org.jspecify.annotations.NullMarked;
