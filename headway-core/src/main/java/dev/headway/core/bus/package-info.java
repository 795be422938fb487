/** The bus between nodes, over anything that carries short messages to all of them. */
@NullMarked
package dev.headway.core.bus;

import org.jspecify.annotations.NullMarked;
