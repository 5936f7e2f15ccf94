# zh: 编译器把一个源文件的动态初始化收在名为 _GLOBAL__sub_I_... 的函数里；有优先级的（见
#     runtime/model/immortal.hpp）是另一个名字。
# en: Compilers gather the dynamic initialisers of a source in a function named _GLOBAL__sub_I_...;
#     those with a priority (see runtime/model/immortal.hpp) have another name.
execute_process(COMMAND ${NM} ${LIBRARY} OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
if(NOT symbols MATCHES "storage_of_sched")
  message(FATAL_ERROR "nm shows no symbols of ${LIBRARY}:\n${symbols}")
endif()
string(REGEX MATCHALL "_GLOBAL__sub_I_[^\n]*" found "${symbols}")
if(found)
  message(FATAL_ERROR "static initialisers of the program may run before these: ${found}")
endif()
