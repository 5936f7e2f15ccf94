// zh: 检查器不带清洁器。 en: The checker has no sanitizer.
#pragma once

namespace newproc::os {

inline const char* missing_sanitizer() { return nullptr; }

}  // namespace newproc::os
