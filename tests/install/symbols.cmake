# zh: 库里没有一个对象在退出时析构：那时别的 M 还在跑。查的是登记析构的函数，谁也不许引用它们。
# en: No object of the library is destroyed at exit, when other Ms still run. What is looked for are
#     the functions that register a destructor: nothing may refer to them.
foreach(library ${LIBRARIES})
  execute_process(COMMAND ${NM} --undefined-only ${library} OUTPUT_VARIABLE symbols
    COMMAND_ERROR_IS_FATAL ANY)
  if(NOT symbols MATCHES "pthread_create")
    message(FATAL_ERROR "${library}: nm shows no symbols:\n${symbols}")
  endif()
  string(REGEX MATCHALL "[a-z_.]*: *|U (__cxa_atexit|__cxa_thread_atexit|atexit|at_quick_exit)\n" found "${symbols}")
  set(object "")
  foreach(piece ${found})
    if(piece MATCHES "^U ")
      string(APPEND wrong "${library}: ${object} ${piece}")
    else()
      set(object "${piece}")
    endif()
  endforeach()
endforeach()
if(wrong)
  message(FATAL_ERROR "these have a destructor that runs at exit (see runtime/model/immortal.hpp):\n${wrong}")
endif()
