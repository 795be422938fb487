/** Who is asking: users, keys, principals, and the rules of who may do what. */
@NullMarked
package dev.headway.core.account;

import org.jspecify.annotations.NullMarked;
