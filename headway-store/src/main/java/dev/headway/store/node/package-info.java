/** Nodes that share a database: their registry, and notifications between them. */
@NullMarked
package dev.headway.store.node;

import org.jspecify.annotations.NullMarked;
