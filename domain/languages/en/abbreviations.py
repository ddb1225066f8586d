"""Abbreviations of the field that a writer of any language may use, and the words of a paper that allow each."""

_TABLE = """
AI=; ML=; API=; 1D=; 2D=; 3D=; DL=deep,neural,network,networks; IT=; NLP=language,linguistic,text,translation,nlp;
CV=vision,visual,image,images; LLM=language model,language models,llm,llms,gpt,chatgpt,llama,qwen,mllm,mllms;
LM=language model,language models,llm,llms,lms;
VLM=vision language,visual language,multimodal,mllm,mllms,lvlm,lvlms,vlms,llvm; MLLM=multimodal,vlm,vlms,lvlm,lvlms;
LMM=multimodal; LVLM=vision language,vlm,vlms,multimodal; RL=reinforcement,policy gradient,rlhf,grpo,ppo,rlvr;
CNN=convolution,convolutional,convolutions,resnet; GAN=adversarial,gans,cyclegan,stylegan; DNN=neural; NN=neural;
QA=question,questions; VQA=visual question,vqa; SOTA=art,sota; OOD=distribution;
GPU=gpu,gpus,cuda,nvidia,a100,h100,b200,v100,rtx; CPU=cpu,cpus,processor,processors;
MRI=magnetic,fmri,mri; MoE=mixture of experts,experts,moe; CoT=chain of thought,chains of thought,cot;
KV=key value,kv; RGB=rgb,rgbd,color,colour;
4D=4d,four dimensional,4 d,spatiotemporal; AGI=general intelligence,agi;
VR=virtual reality,vr,xr; AR=augmented reality,ar,xr,autoregressive;
"""
ABBREVIATIONS = {
    name: tuple(hints.split(",")) if hints else ()
    for name, hints in (row.strip().split("=") for row in _TABLE.split(";") if row.strip())
}
"""() means always."""
