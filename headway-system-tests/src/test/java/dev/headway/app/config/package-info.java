/** Tests of the settings. */
@NullMarked
package dev.headway.app.config;

import org.jspecify.annotations.NullMarked;
