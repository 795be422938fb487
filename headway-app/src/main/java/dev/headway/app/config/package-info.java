/** The settings: what there is, where values come from, and what is made of them. */
@NullMarked
package dev.headway.app.config;

import org.jspecify.annotations.NullMarked;
