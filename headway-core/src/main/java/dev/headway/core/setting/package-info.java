/** Settings: record components with a name, a default, a range and a text of their own. */
@NullMarked
package dev.headway.core.setting;

import org.jspecify.annotations.NullMarked;
