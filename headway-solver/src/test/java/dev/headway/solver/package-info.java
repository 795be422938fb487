@NullMarked
package dev.headway.solver;

import org.jspecify.annotations.NullMarked;
