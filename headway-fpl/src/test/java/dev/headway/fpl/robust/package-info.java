@NullMarked
package dev.headway.fpl.robust;

import org.jspecify.annotations.NullMarked;
