@NullMarked
package dev.headway.fpl.plan;

import org.jspecify.annotations.NullMarked;
