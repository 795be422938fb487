/** Tests of settings. */
@NullMarked
package dev.headway.core.setting;

import org.jspecify.annotations.NullMarked;
