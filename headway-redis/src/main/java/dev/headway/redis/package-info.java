/** The bus between nodes over Redis or Valkey. */
@NullMarked
package dev.headway.redis;

import org.jspecify.annotations.NullMarked;
