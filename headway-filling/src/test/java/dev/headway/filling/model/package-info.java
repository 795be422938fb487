@NullMarked
package dev.headway.filling.model;

import org.jspecify.annotations.NullMarked;
